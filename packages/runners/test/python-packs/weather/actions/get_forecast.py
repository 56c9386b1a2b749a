from lib.action import WeatherBaseAction

UNITS = {"metric": "°C", "imperial": "°F"}


class GetForecastAction(WeatherBaseAction):
    def run(self, city, units):
        forecast = self._get("/forecast/%s" % city)
        if forecast.get("error"):
            return (False, forecast["error"])
        seen = self.action_service.get_value("seen")
        self.action_service.set_value("seen", int(seen or 0) + 1)
        return (True, {"city": city, "temperature": "%s%s" % (forecast["temperature"], UNITS[units]), "seen": seen})
