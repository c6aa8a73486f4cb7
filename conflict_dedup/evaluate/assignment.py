"""The best one-to-one alignment of two sets (Kuhn 1955), in the form that grows paths by shortest distance."""

from __future__ import annotations

from collections.abc import Mapping

Pairing = Mapping[tuple[str, str], float]


def align(weights: Pairing) -> dict[str, str]:
    """Left to right, one to one, so that the sum of the weights is greatest; pairs that weigh nothing are left out.

    Args:
        weights: the weight of each pair of a left and a right name; absent pairs weigh 0.
    """
    lefts = sorted({left for left, _ in weights})
    rights = sorted({right for _, right in weights})
    if not lefts:
        return {}
    turned = len(lefts) > len(rights)
    rows, columns = (rights, lefts) if turned else (lefts, rights)
    cost = [[-weights.get((c, r) if turned else (r, c), 0.0) for c in columns] for r in rows]
    found: dict[str, str] = {}
    for row, column in enumerate(_assign(cost)):
        left, right = (columns[column], rows[row]) if turned else (rows[row], columns[column])
        if weights.get((left, right), 0.0) > 0:
            found[left] = right
    return found


def _assign(cost: list[list[float]]) -> list[int]:
    """The column of each row at the least total cost; there are at least as many columns as rows."""
    n, m = len(cost), len(cost[0])
    row_price = [0.0] * (n + 1)
    column_price = [0.0] * (m + 1)
    row_of = [0] * (m + 1)  # 1-based; column 0 stands for the row being placed
    for row in range(1, n + 1):
        row_of[0] = row
        column = 0
        least = [float("inf")] * (m + 1)
        came_from = [0] * (m + 1)
        done = [False] * (m + 1)
        while True:
            done[column] = True
            at = row_of[column]
            step, following = float("inf"), 0
            for j in range(1, m + 1):
                if done[j]:
                    continue
                reduced = cost[at - 1][j - 1] - row_price[at] - column_price[j]
                if reduced < least[j]:
                    least[j], came_from[j] = reduced, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(m + 1):
                if done[j]:
                    row_price[row_of[j]] += step
                    column_price[j] -= step
                else:
                    least[j] -= step
            column = following
            if row_of[column] == 0:
                break
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    placed = [0] * n
    for j in range(1, m + 1):
        if row_of[j]:
            placed[row_of[j] - 1] = j - 1
    return placed
