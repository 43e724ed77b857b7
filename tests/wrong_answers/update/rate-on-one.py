# update: rate-on-one


def update(w, b, dw, db, lr):
    return w - lr * dw, b - db
