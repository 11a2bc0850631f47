"""Plan files: YAML in, typed plans out, and the data files shipped with the product."""
