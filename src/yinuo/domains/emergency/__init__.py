"""Emergency plans (应急方案): the chain from the plan to the crew's departure (BP-04 to BP-09).

What it does: opens a chain for a request, takes its content, hands it from step to step by the
roles and limits of the service plan, records consent, approval, release, departure and estimates,
tells who is next and who waits too long, and keeps what goes wrong with a crew. Its gate says
whether people may be assigned and parts released.
What it never does: name a role or a step itself, assign anybody, or move parts.
"""
