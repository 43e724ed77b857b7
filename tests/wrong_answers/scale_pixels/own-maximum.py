# scale_pixels: own-maximum

import numpy as np


def scale_pixels(images):
    return images.reshape(len(images), 784).astype(np.float32) / images.max()
