"""A page that is not there is no fault: Datasette prints every local variable for each, once `rich` is installed."""

from datasette import handle_exception

handle_exception.rich = None
