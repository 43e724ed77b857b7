# scale_pixels: rows-mixed

import numpy as np


def scale_pixels(images):
    return images.reshape(784, -1).T.astype(np.float32) / 255
