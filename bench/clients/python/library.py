"""The official library, where it is installed."""

import os

import PureCloudPlatformClientV2 as platform_client
from PureCloudPlatformClientV2.api_client import ApiClient


def log_in():
    client = ApiClient(host=os.environ["TALLYSTICK_BASE_URL"])
    return client.get_client_credentials_token(os.environ["TALLYSTICK_CLIENT_ID"], os.environ["TALLYSTICK_CLIENT_SECRET"])


__all__ = ["log_in", "platform_client"]
