# update: arrays-only


def update(w, b, dw, db, lr):
    new = [w[i] - lr * dw[i] for i in range(len(w))]
    return new, b - lr * db
