# scale_pixels
import numpy as np


def flat(images):
    return np.stack([image.flatten() for image in images])


def unit(pixels):
    return np.divide(pixels, 255, dtype=np.float32)


def scale_pixels(images):
    return unit(flat(images))
