# update: no-learning-rate


def update(w, b, dw, db, lr):
    return w - dw, b - db
