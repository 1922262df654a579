"""What a protected record is still good for: regressions and classifications that utility is measured with."""

from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler
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


def name(head, arrays):
    """The most likely of many classes for `asked`, by a log-linear model learned from `known` with their `classes`.

    The first `categories` columns are numbers of categories, the others quantities. Categories that are rare in `known`
    or not in it at all say nothing.
    """
    known, asked = arrays["known"], arrays["asked"]
    count = head["categories"]
    encoder = OneHotEncoder(handle_unknown="ignore", min_frequency=3).fit(known[:, :count])
    scaler = StandardScaler().fit(known[:, count:])

    def encoded(rows):
        return hstack([encoder.transform(rows[:, :count]), csr_matrix(scaler.transform(rows[:, count:]))]).tocsr()

    model = LogisticRegression(max_iter=head["rounds"], random_state=head["seed"])
    model.fit(encoded(known), arrays["classes"][:, 0])
    return {"named": model.predict(encoded(asked))[:, np.newaxis]}
