"""The service that sensors are given, where upstream has it."""
from st2_runtime.sensor_service import SensorService

__all__ = ["SensorService"]
