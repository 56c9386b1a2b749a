"""Answers as if a virtual machine had been made."""

import uuid

from st2common.runners.base_action import Action


class MockCreateVMAction(Action):
    def run(self, cpu_cores, memory_mb, vm_name, ip):
        return {
            "vm_id": uuid.uuid4().hex,
            "vm_name": vm_name,
            "cpu_cores": cpu_cores,
            "memory_mb": memory_mb,
            "ip": ip,
        }
