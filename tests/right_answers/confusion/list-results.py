# confusion
def confusion(y, y_hat):
    table = [[0] * 10 for _ in range(10)]
    for true, predicted in zip(y, y_hat, strict=True):
        table[true][predicted] += 1
    return table
