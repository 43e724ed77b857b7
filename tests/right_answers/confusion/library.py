# confusion
from sklearn.metrics import confusion_matrix


def confusion(y, y_hat):
    return confusion_matrix(y, y_hat, labels=range(10))
