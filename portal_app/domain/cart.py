"""The cart: what waits in it to be placed on hold. In the cart is not a hold (K-24)."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a record is not put in the cart. Each value names its text: ``cart.refusal.<value>``."""

    ALREADY_IN_CART = "already_in_cart"
    CART_IS_FULL = "cart_is_full"
    NOT_IN_CATALOGUE = "not_in_catalogue"
