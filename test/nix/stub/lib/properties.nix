# What a module wraps its values in, and how definitions of one option are taken out of that.
let
  inherit (builtins)
    concatMap
    filter
    foldl'
    isAttrs
    map
    mapAttrs
    ;
  mkOverride = priority: content: {
    _type = "override";
    inherit priority content;
  };
  mkIf = condition: content: {
    _type = "if";
    inherit condition content;
  };
  standard = 100;

  # The attribute sets that a definition comes to, with conditions and priorities pushed down into
  # them: their names are known without asking a condition, which may depend on the result.
  pushDown =
    value:
    let
      type = value._type or null;
    in
    if type == "merge" then
      concatMap pushDown value.contents
    else if type == "if" then
      map (mapAttrs (_: mkIf value.condition)) (pushDown value.content)
    else if type == "override" then
      map (mapAttrs (_: mkOverride value.priority)) (pushDown value.content)
    else
      [ value ];

  # Definitions `{ file, value }` with their priority, those left out whose condition is false.
  discharge =
    definition:
    let
      inherit (definition) value;
      type = if isAttrs value then value._type or null else null;
      inner = content: discharge (definition // { value = content; });
    in
    if type == "merge" then
      concatMap inner value.contents
    else if type == "if" then
      if value.condition then inner value.content else [ ]
    else if type == "override" then
      map (found: found // { inherit (value) priority; }) (inner value.content)
    else
      [ (definition // { priority = definition.priority or standard; }) ];

  # Those of the highest priority, which has the lowest number.
  strongest =
    definitions:
    let
      least = foldl' (low: { priority, ... }: if priority < low then priority else low) 9999 definitions;
    in
    filter ({ priority, ... }: priority == least) definitions;
in
{
  inherit
    discharge
    mkIf
    mkOverride
    pushDown
    strongest
    ;
  mkMerge = contents: {
    _type = "merge";
    inherit contents;
  };
  mkDefault = mkOverride 1000;
  mkForce = mkOverride 50;
}
