# update: swapped


def update(w, b, dw, db, lr):
    return b - lr * db, w - lr * dw
