# scale_pixels


def scale_pixels(images):
    x = images.astype(float) / 255.0
    x = x.reshape((x.shape[0], -1))
    return x.astype("float32")
