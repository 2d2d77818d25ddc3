"""Tells whether another program could read a text as YAML, of which nothing else is to be known."""


def is_mapping(content: str) -> bool:
    """True if a text is one YAML mapping, or empty, as js-yaml and libyaml alike read it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(content.encode("utf-8", "replace").decode(), Loader=loader)
    except yaml.YAMLError:
        return False
    except RecursionError:
        return True
    return node is None or isinstance(node, yaml.MappingNode)
