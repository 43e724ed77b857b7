# update: bias-left-out


def update(w, b, dw, db, lr):
    return w - lr * dw, b
