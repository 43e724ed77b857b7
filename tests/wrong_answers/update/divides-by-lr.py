# update: divides-by-lr


def update(w, b, dw, db, lr):
    return w - dw / lr, b - db / lr
