"""What people and programs touch: console, API, command line. Each may use any domain's
services and selectors, never its models and never another surface."""
