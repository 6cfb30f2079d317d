"""Who calls, and what they may do.

`person` says who somebody is, `may` who may do what (one table), `tokens` and `keys` verify access tokens, and
`asked` is how a route asks: `Annotated[Person, Depends(Requires("returns.write"))]`.
"""

from api.http.auth.asked import Requires, caller, needs
from api.http.auth.may import OPERATIONS, TABLE, acting, may
from api.http.auth.person import OPEN, Person

__all__ = ["OPEN", "OPERATIONS", "TABLE", "Person", "Requires", "acting", "caller", "may", "needs"]
