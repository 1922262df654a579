"""Who made this record? Two learners that are taught on people other than those they are tested on.

`lda` scores by the two-covariance model: people differ, records of a person differ, both normally distributed. `trees`
are boosted on pairs of a record and a person, seen through features and through what `lda` says of them.

Everything learned, from the scales of features to how much to regularise, comes from the background people that
`fit` is given. The same seed gives the same scores.
"""

import numpy as np
from scipy.linalg import eigh
from sklearn.ensemble import HistGradientBoostingClassifier

RIDGES = (0.05, 0.3, 1.0, 3.0)
"""How much to regularise, in units of the mean variance within people: chosen between on background people."""
FOLDS = 3
DIMENSIONS = 60
CLIP = 4.0
ENROLLED_TO_CHOOSE = 5
"""Records per person while the ridge is chosen, or one fewer than most people have."""
GALLERIES = 900
OWN_PROBES = 10
OTHER_PROBES = 24
"""Size of the trees' training set: so many galleries, each probed so often by its own person and by others."""
TREE_FEATURES = 40
TREE_VALUES = 12
PARTS = (0, 4, 8, 14, 24, DIMENSIONS)
"""Limits of the groups of dimensions whose part in the score the trees see."""


def identify(head, arrays):
    """Answers the audit: scores of `probes` for each gallery, by learner, after learning from `background`.

    `sizes` says how many records each person has in gallery 0, 1, ...; those of one person follow one another.
    """
    attack = Attack(head["seed"]).fit(arrays["background"], arrays["people"][:, 0])
    answer = {}
    for index, size in enumerate(head["sizes"]):
        rows = arrays[f"gallery{index}"]
        galleries = rows.reshape(len(rows) // size, size, rows.shape[1])
        for name, scores in attack.score(arrays["probes"], galleries).items():
            answer[f"{name}:{index}"] = scores
    return answer


class Scale:
    """Features in standard deviations from the median; missing ones at the median."""

    def __init__(self, features):
        has_value = ~np.isnan(features).all(axis=0)
        self.kept = has_value & (np.nanstd(np.where(has_value, features, 0), axis=0) > 1e-9)
        kept = features[:, self.kept]
        self.middle = np.nanmedian(kept, axis=0)
        self.spread = np.nanstd(kept, axis=0)

    def __call__(self, features):
        scaled = (np.asarray(features)[:, self.kept] - self.middle) / self.spread
        return np.clip(np.nan_to_num(scaled, nan=0.0), -CLIP, CLIP)


class Scatter:
    """How much features differ within and between people, those that tell people apart weighted up."""

    def __init__(self, rows, person):
        _, place = np.unique(person, return_inverse=True)
        counts = np.bincount(place)
        self.centre = rows.mean(axis=0)
        rows = rows - self.centre
        means = np.zeros((len(counts), rows.shape[1]))
        np.add.at(means, place, rows)
        means /= counts[:, None]
        inner = rows - means[place]
        # A mean of few records differs between people by chance alone.
        chance = np.mean(1 / counts)
        freedom = max(1, len(rows) - len(counts))
        within = (inner**2).sum(axis=0) / freedom
        between = np.maximum((means**2).mean(axis=0) - within * chance, 0)
        self.ratio = between / (within + 1e-9)
        relative = self.ratio / (self.ratio.mean() + 1e-12)
        self.weight = np.sqrt((relative + 1e-3) / (within + between + 1e-9))
        inner *= self.weight
        means *= self.weight
        self.within = inner.T @ inner / freedom
        self.between = means.T @ means / len(means) - self.within * chance


class TwoCovariance:
    """Log likelihood that a record is a person's, given some of theirs, over that it is anybody's.

    With a ridge the within-person variance of what is projected stays below one, so directions that were held down
    count less. Rescaling them would bring the overfitting back.
    """

    def __init__(self, scatter, ridge):
        size = len(scatter.within)
        floor = ridge * np.trace(scatter.within) / size
        first = max(0, size - DIMENSIONS)
        values, vectors = eigh(
            scatter.between, scatter.within + floor * np.eye(size), subset_by_index=[first, size - 1]
        )
        order = np.argsort(-values)
        order = order[values[order] > 1e-4] if values.max() > 1e-4 else order[:1]
        self.spread = np.maximum(values[order], 1e-4)
        self.projection = vectors[:, order] * scatter.weight[:, None]
        self.centre = scatter.centre

    def project(self, rows):
        return (rows - self.centre) @ self.projection

    def parts(self, probes, means, enrolled):
        """Score of each probe against the mean at its place, by dimension."""
        expected = means * (self.spread / (self.spread + 1 / enrolled))
        own = self.spread / (enrolled * self.spread + 1) + 1
        return 0.5 * (probes**2 / (self.spread + 1) - (probes - expected) ** 2 / own - np.log(own / (self.spread + 1)))

    def score(self, probes, means, enrolled):
        """Score of every probe against every mean."""
        expected = means * (self.spread / (self.spread + 1 / enrolled))
        own = self.spread / (enrolled * self.spread + 1) + 1
        anybody = (probes**2 / (self.spread + 1)).sum(axis=1) + np.log(self.spread + 1).sum()
        theirs = (probes**2 / own).sum(axis=1)[:, None] - 2 * (probes / own) @ expected.T
        return 0.5 * (anybody[:, None] - theirs - (expected**2 / own).sum(axis=1) - np.log(own).sum())


class Attack:
    """Tells whose a record is, of people it has never seen, from a few of each one's records."""

    def __init__(self, seed=0):
        self.seed = seed

    def fit(self, features, person):
        """Learns from background people: one row of features (NaN: missing) and one person per record."""
        self.scale = Scale(np.asarray(features, dtype=float))
        self.rows = self.scale(features)
        self.person = np.asarray(person)
        scatter = Scatter(self.rows, self.person)
        people = np.random.default_rng(self.seed).permutation(np.unique(self.person))
        self.folds = [np.isin(self.person, fold) for fold in np.array_split(people, FOLDS)]
        scatters = [Scatter(self.rows[~fold], self.person[~fold]) for fold in self.folds]
        tried = [[TwoCovariance(other, ridge) for other in scatters] for ridge in RIDGES]
        best = int(np.argmax([self._separation(models) for models in tried]))
        self.ridge = RIDGES[best]
        self.held_out = tried[best]
        self.model = TwoCovariance(scatter, self.ridge)
        self.telling = np.argsort(-scatter.ratio, kind="stable")[:TREE_FEATURES]
        self.trees = {}
        return self

    def score(self, probes, galleries):
        """Scores of probes x people by learner; each gallery holds the records enrolled for one person."""
        enrolled = len(galleries[0])
        rows = self.scale(probes)
        means = np.array([self.scale(gallery).mean(axis=0) for gallery in galleries])
        lda = self.model.score(self.model.project(rows), self.model.project(means), enrolled)
        trees = self._trees_for(enrolled)
        boosted = np.column_stack(
            [trees.decision_function(self._pairs(self.model, rows, mean[None, :], enrolled)) for mean in means]
        )
        return {"lda": lda, "trees": boosted}

    def _separation(self, models):
        """How far a person's own records score above others', over people that the models have not seen."""
        shares = []
        enrolled = int(np.clip(np.median(np.unique(self.person, return_counts=True)[1]) - 1, 1, ENROLLED_TO_CHOOSE))
        for fold, model in zip(self.folds, models):
            for probes, mean, own in self._galleries(fold, enrolled, GALLERIES // 2):
                scores = model.score(model.project(self.rows[probes]), model.project(mean[None, :]), enrolled)
                difference = scores[own][:, None, 0] - scores[~own][None, :, 0]
                shares.append((difference > 0).mean())
        return np.mean(shares)

    def _galleries(self, fold, enrolled, count):
        """Random galleries of a fold's people: probes, the gallery's mean, which probes are its person's own."""
        random = np.random.default_rng(self.seed + 1)
        within = np.flatnonzero(fold)
        by_person = [within[self.person[within] == one] for one in np.unique(self.person[within])]
        able = [rows for rows in by_person if len(rows) > enrolled]
        for turn in range(count // FOLDS if able else 0):
            mine = random.permutation(able[turn % len(able)])
            gallery, own = mine[:enrolled], mine[enrolled : enrolled + OWN_PROBES]
            others = random.choice(within, 2 * OTHER_PROBES)
            others = others[self.person[others] != self.person[mine[0]]][:OTHER_PROBES]
            if len(others) > 0:
                probes = np.concatenate([own, others])
                yield probes, self.rows[gallery].mean(axis=0), np.arange(len(probes)) < len(own)

    def _pairs(self, model, rows, means, enrolled):
        """What the trees see of records and the means at their places."""
        parts = model.parts(model.project(rows), model.project(means), enrolled)
        grouped = [parts[:, low:high].sum(axis=1) for low, high in zip(PARTS, PARTS[1:])]
        seen, theirs = rows[:, self.telling], np.broadcast_to(means[:, self.telling], (len(rows), len(self.telling)))
        values = [seen[:, :TREE_VALUES], theirs[:, :TREE_VALUES]]
        return np.column_stack([parts.sum(axis=1), *grouped, np.abs(seen - theirs), *values])

    def _trees_for(self, enrolled):
        """Trees for galleries of this size: made once.

        The pairs come from people whom the model that describes them has not seen; otherwise the trees would trust it
        too much.
        """
        if enrolled not in self.trees:
            pairs, labels = [], []
            for fold, model in zip(self.folds, self.held_out):
                for probes, mean, own in self._galleries(fold, enrolled, GALLERIES):
                    pairs.append(self._pairs(model, self.rows[probes], mean[None, :], enrolled))
                    labels.append(own)
            if not pairs:
                raise ValueError(f"nobody in the background has more than {enrolled} records")
            seen, label = np.vstack(pairs), np.concatenate(labels)
            self.trees[enrolled] = HistGradientBoostingClassifier(
                max_iter=80,
                learning_rate=0.07,
                max_leaf_nodes=10,
                min_samples_leaf=80,
                l2_regularization=5,
                early_stopping=False,
                random_state=self.seed,
            ).fit(seen, label)
        return self.trees[enrolled]
