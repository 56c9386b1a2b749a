"""What the API holds: a class for each kind."""
from st2client.models.core import Resource
from st2client.models.keyvalue import KeyValuePair


def _model(name, plural, alias=None, path=None, shown=("name",)):
    return type(
        name,
        (Resource,),
        {"_alias": alias or name, "_plural": plural, "_url_path": path, "_repr_attributes": list(shown)},
    )


Action = _model("Action", "Actions", shown=("name", "pack", "enabled", "runner_type"))
ActionAlias = _model("ActionAlias", "ActionAliases", alias="Action-Alias", shown=("name", "pack", "action_ref"))
ActionAliasExecution = _model("ActionAliasExecution", "ActionAliasExecutions", path="aliasexecution", shown=())
ApiKey = _model("ApiKey", "ApiKeys", alias="Api-Key", shown=("id",))
Config = _model("Config", "Configs", shown=("pack",))
ConfigSchema = _model("ConfigSchema", "ConfigSchemas", path="config_schemas", shown=("pack",))
Execution = _model("Execution", "Executions", shown=("status", "action", "start_timestamp", "end_timestamp"))
Inquiry = _model("Inquiry", "Inquiries", shown=("id",))
Pack = _model("Pack", "Packs", shown=("name", "ref"))
Policy = _model("Policy", "Policies", shown=("name", "pack", "enabled"))
PolicyType = _model("PolicyType", "PolicyTypes", alias="Policy-Type", shown=("name",))
Role = _model("Role", "Roles", path="rbac/roles")
Rule = _model("Rule", "Rules", shown=("name", "pack", "trigger", "criteria", "enabled"))
RuleEnforcement = _model("RuleEnforcement", "RuleEnforcements", alias="Rule-Enforcement", shown=("id",))
RunnerType = _model("RunnerType", "RunnerTypes", alias="Runner", shown=("name", "enabled"))
Sensor = _model("Sensor", "Sensortypes", shown=("name", "pack"))
Timer = _model("Timer", "Timers", shown=("name",))
Token = _model("Token", "Tokens", shown=("user", "expiry"))
Trace = _model("Trace", "Traces", shown=("id",))
Trigger = _model("Trigger", "Triggers", shown=("name", "pack"))
TriggerInstance = _model("TriggerInstance", "Triggerinstances", alias="Trigger-Instance", shown=("id", "trigger"))
TriggerType = _model("TriggerType", "Triggertypes", alias="Trigger", shown=("name", "pack"))
UserRoleAssignment = _model("UserRoleAssignment", "UserRoleAssignments", path="rbac/role_assignments")
Webhook = _model("Webhook", "Webhooks", shown=())
LiveAction = Execution

MODELS = {
    model.__name__: model
    for model in (
        Action,
        ActionAlias,
        ActionAliasExecution,
        ApiKey,
        Config,
        ConfigSchema,
        Execution,
        Inquiry,
        KeyValuePair,
        Pack,
        Policy,
        PolicyType,
        Role,
        Rule,
        RuleEnforcement,
        RunnerType,
        Sensor,
        Timer,
        Token,
        Trace,
        Trigger,
        TriggerInstance,
        TriggerType,
        UserRoleAssignment,
        Webhook,
    )
}
