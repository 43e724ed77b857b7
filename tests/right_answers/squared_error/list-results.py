# squared_error
def squared_error(y_hat, y):
    residuals = [a - b for a, b in zip(y_hat, y, strict=True)]
    loss = sum(r**2 for r in residuals) / len(residuals)
    return [loss, [2 * r / len(residuals) for r in residuals]]
