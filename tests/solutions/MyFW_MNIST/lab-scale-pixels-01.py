def scale_pixels(images):
    """images (N, 28, 28), 0 to 255 → x (N, 784), float32 in [0, 1]"""
    return images.reshape(len(images), 784).astype(np.float32) / 255
