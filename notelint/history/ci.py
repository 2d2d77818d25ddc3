"""The pull or merge request that a service for continuous integration builds, as it describes it."""

import os

TARGETS = (  # variables that name what it is to be merged into, and what git puts before that name
    ("GITHUB_BASE_REF", "origin/"),
    ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", ""),  # where it is merged already for the pipeline, with what is new there
    ("CI_MERGE_REQUEST_DIFF_BASE_SHA", ""),
    ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "origin/"),
    ("SYSTEM_PULLREQUEST_TARGETBRANCHNAME", "origin/"),
    ("SYSTEM_PULLREQUEST_TARGETBRANCH", "origin/"),
    ("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "origin/"),
    ("CHANGE_TARGET", "origin/"),
)


def is_pull_request() -> bool:
    """True if a pull or merge request is being built."""
    return any(os.environ.get(variable) for variable, _ in TARGETS)


def is_merge_of_github(head: str | None) -> bool:
    """True if the commit by which GitHub merges a pull request is checked out: its first parent is the target.

    A job may check out the branch of the pull request instead, whose last commit, and so its parents, anybody makes.
    """
    ref, merge = os.environ.get("GITHUB_REF", ""), os.environ.get("GITHUB_SHA", "")
    return ref.startswith("refs/pull/") and ref.endswith("/merge") and merge in ("", head)
