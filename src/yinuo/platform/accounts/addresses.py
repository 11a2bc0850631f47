"""Which address a request comes from, and which addresses count as one when limits are counted."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# A caller without a network address (a Unix socket) is this machine.
LOCAL = IPv4Address("127.0.0.1")
IPV6_SITE_BITS = 64


def client_address(request: HttpRequest) -> str:
    """The caller's address in its shortest spelling.

    `X-Forwarded-For` counts only when the peer is one of `TRUSTED_PROXIES`; then the right-most
    entry that is not itself a trusted proxy is the client. A broken entry ends the walk, so that
    a forged header can at most name the proxy.
    """
    trusted = settings.TRUSTED_PROXIES
    client = _parse(request.META.get("REMOTE_ADDR", "")) or LOCAL
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    while hops and _within(client, trusted):
        hop = _parse(hops.pop())
        if hop is None:
            break
        client = hop
    return str(client)


def limit_key(address: str) -> str:
    """The unit that limits are counted for: an IPv4 address, or an IPv6 /64 (one site).

    >>> limit_key("2001:db8:0:1:ffff::9")
    '2001:db8:0:1::/64'
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    return str(ip_network((parsed, IPV6_SITE_BITS), strict=False))


def _parse(text: str) -> Address | None:
    """The address written in `text` (an IPv4 one inside IPv6 is taken out), None when broken."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
