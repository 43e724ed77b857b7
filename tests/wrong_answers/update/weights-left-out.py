# update: weights-left-out


def update(w, b, dw, db, lr):
    return w, b - lr * db
