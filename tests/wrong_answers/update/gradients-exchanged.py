# update: gradients-exchanged


def update(w, b, dw, db, lr):
    return w - lr * db, b - lr * dw
