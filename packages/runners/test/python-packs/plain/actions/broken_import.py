import no_such_module_anywhere

from st2common.runners.base_action import Action
