"""What a protected record is still good for: regressions and classifications that utility is measured with."""

from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
import numpy as np


def regress(head, arrays):
    """Predicts each column of `targets` for `asked` from `known`; boosted trees, absolute or squared error."""
    columns = [
        HistGradientBoostingRegressor(
            loss=head["loss"], max_iter=head["rounds"], learning_rate=0.08, random_state=head["seed"]
        )
        .fit(arrays["known"], target)
        .predict(arrays["asked"])
        for target in arrays["targets"].T
    ]
    return {"predicted": np.column_stack(columns)}


def classify(head, arrays):
    """The probability of class 1 for `asked`, learned from `known` with `classes` of 0 and 1."""
    model = HistGradientBoostingClassifier(
        max_iter=head["rounds"], learning_rate=0.08, random_state=head["seed"]
    ).fit(arrays["known"], arrays["classes"][:, 0])
    return {"probability": model.predict_proba(arrays["asked"])[:, 1:]}
