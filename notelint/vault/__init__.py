"""All notes together: the files, the one resolver, anchors, the site."""
