# scale_pixels
import numpy as np


def scale_pixels(images):
    x = np.zeros((len(images), 784), dtype=np.float32)
    for n, image in enumerate(images):
        for row in range(28):
            x[n, 28 * row : 28 * row + 28] = image[row] / 255
    return x
