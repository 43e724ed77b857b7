# scale_pixels
import numpy as np


def scale_pixels(images):
    shades = np.linspace(0, 1, 256, dtype=np.float32)
    return shades[images].reshape(len(images), 784)
