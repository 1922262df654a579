"""What a protected record is still good for: regressions and classifications that utility is measured with."""

from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import numpy as np


#: Inverse strengths of regularization that `name` chooses from; the first is the library's own.
STRENGTHS = (1.0, 0.1, 0.02)
#: Parts of the known groups that are held out in turn to choose by.
HELD_OUT = 3


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
    or not in it at all say nothing. How strongly it is regularized is chosen on `known` alone, by what best names the
    classes of `groups` (of people, or of apps) that are held out: what is asked for is of other groups as well.
    """
    known, asked = arrays["known"], arrays["asked"]
    classes, groups = arrays["classes"][:, 0], arrays["groups"][:, 0]
    count = head["categories"]
    encoder = OneHotEncoder(handle_unknown="ignore", min_frequency=3).fit(known[:, :count])
    scaler = StandardScaler().fit(known[:, count:])

    def encoded(rows):
        return hstack([encoder.transform(rows[:, :count]), csr_matrix(scaler.transform(rows[:, count:]))]).tocsr()

    def learned(strength, rows, named):
        return LogisticRegression(C=strength, max_iter=head["rounds"], random_state=head["seed"]).fit(rows, named)

    def held_out_score(strength):
        parts = GroupKFold(min(HELD_OUT, len(np.unique(groups)))).split(rows, classes, groups)
        return sum(
            f1_score(classes[test], learned(strength, rows[train], classes[train]).predict(rows[test]), average="macro")
            for train, test in parts
        )

    rows = encoded(known)
    is_one_group = len(np.unique(groups)) == 1
    strength = STRENGTHS[0] if is_one_group else max(STRENGTHS, key=held_out_score)
    return {"named": learned(strength, rows, classes).predict(encoded(asked))[:, np.newaxis]}
