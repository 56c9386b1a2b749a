from st2common.runners.base_action import Action


class DatastoreAction(Action):
    """Every method of the datastore, the way packs call them."""

    def run(self, secret):
        service = self.action_service
        service.set_value(name="count", value=5, ttl=60)
        service.set_value("global", "x", local=False)
        service.set_value("pass word/ä", secret, encrypt=True)
        pairs = service.list_values()
        answers = {
            "count": service.get_value("count"),
            "global": service.get_value("global", local=False),
            "plain": service.get_value("pass word/ä"),
            "deciphered": service.get_value("pass word/ä", decrypt=True),
            "absent": service.get_value("absent"),
            "names": sorted(pair.name for pair in pairs),
            "prefixed": [pair.value for pair in service.list_values(prefix="co", limit=1)],
            "deleted": service.delete_value("count"),
            "deleted_again": service.delete_value("count"),
            "user": service.get_user_info()["username"],
            "pack": service._action_wrapper._pack,
        }
        try:
            service.get_value("x", scope="user")
        except ValueError as error:
            answers["scope"] = str(error)
        return answers
