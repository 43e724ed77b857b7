# scale_pixels
import numpy as np


def scale_pixels(images):
    return np.array([image.ravel() * (1 / 255) for image in images], dtype=np.float32)
