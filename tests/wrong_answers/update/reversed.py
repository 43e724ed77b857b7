# update: reversed


def update(w, b, dw, db, lr):
    return lr * dw - w, lr * db - b
