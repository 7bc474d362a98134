"""Django's settings, composed from the workspace that SIGNOFF_WORKSPACE names."""

import os

from signoff.app.web.configuration import compose_settings, read_profile

globals().update(compose_settings(read_profile(os.environ)))
