# update: wrong-brackets


def update(w, b, dw, db, lr):
    return lr * (w - dw), lr * (b - db)
