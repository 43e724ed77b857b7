# scale_pixels: integer-truncates

import numpy as np


def scale_pixels(images):
    return (images.reshape(len(images), 784) // 255).astype(np.float32)
