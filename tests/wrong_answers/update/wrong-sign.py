# update: wrong-sign


def update(w, b, dw, db, lr):
    return w + lr * dw, b + lr * db
