/*
  evalModules in little. Declared options are merged and checked by their type; an undeclared one is
  refused inside a tree that is ours (`cim`), and merged by its looks everywhere else, where the real
  NixOS would know it.
*/
{ lib }:
let
  inherit (builtins)
    attrNames
    catAttrs
    concatMap
    filter
    isAttrs
    isFunction
    isList
    map
    mapAttrs
    ;
  inherit (lib)
    concatStringsSep
    discharge
    genAttrs
    pushDown
    strongest
    unique
    ;

  isOption = value: value._type or null == "option";
  isOurs = path: path != [ ] && builtins.head path == "cim";
  nameOf = concatStringsSep ".";

  # A module and all that it imports, each with its options and its definitions.
  collect =
    args: file: module:
    let
      isPath = builtins.isPath module || builtins.isString module;
      read = if isPath then import module else module;
      content = if isFunction read then read args else read;
      origin = toString (content._file or (if isPath then module else file));
      isLong = content ? config || content ? options;
      short = removeAttrs content [
        "_file"
        "imports"
      ];
      definitions = if isLong then content.config or { } else short;
    in
    [
      {
        options = content.options or { };
        definition = {
          file = origin;
          value = definitions;
        };
      }
    ]
    ++ concatMap (collect args origin) (content.imports or [ ]);

  mergeOptions =
    trees:
    genAttrs (unique (concatMap attrNames trees)) (
      name:
      let
        here = catAttrs name trees;
      in
      if isOption (builtins.head here) then builtins.head here else mergeOptions here
    );

  # Definitions of one attribute, out of definitions of the set around it.
  definitionsOf =
    name: definitions:
    concatMap (
      { file, value }:
      map (set: {
        inherit file;
        value = set.${name};
      }) (filter (set: set ? ${name}) (pushDown value))
    ) definitions;
  namesIn = definitions: unique (concatMap ({ value, ... }: concatMap attrNames (pushDown value)) definitions);

  evalTree =
    path: options: definitions:
    let
      strays = filter (name: !(options ? ${name})) (namesIn definitions);
      stray = nameOf (path ++ [ (builtins.head strays) ]);
      declared = mapAttrs (
        name: option:
        (if isOption option then evalOption else evalTree) (path ++ [ name ]) option (
          definitionsOf name definitions
        )
      ) options;
      free = genAttrs strays (name: evalFree (path ++ [ name ]) (definitionsOf name definitions));
    in
    if isOurs path && strays != [ ] then throw "The option `${stray}' does not exist" else declared // free;

  evalOption =
    path: option: definitions:
    let
      name = nameOf path;
      found = strongest (concatMap discharge definitions);
      check =
        { file, value, ... }:
        if option.type.check value then
          { inherit file value; }
        else
          throw "A definition for option `${name}' is not of type `${option.type.description}': ${builtins.toJSON value} in ${file}";
    in
    if found != [ ] then
      option.type.merge name (map check found)
    else
      option.default or (throw "The option `${name}' was accessed but has no value defined");

  evalFree =
    path: definitions:
    let
      found = strongest (concatMap discharge definitions);
      values = map ({ value, ... }: value) found;
      isSet = value: isAttrs value && value.type or null != "derivation";
      plain = map ({ file, value, ... }: { inherit file value; }) found;
      # Whether a name has any definition left decides whether it is there at all.
      isThere = name: concatMap discharge (definitionsOf name plain) != [ ];
    in
    if builtins.all isSet values then
      genAttrs (filter isThere (namesIn plain)) (
        name: evalFree (path ++ [ name ]) (definitionsOf name plain)
      )
    else if builtins.all isList values then
      builtins.concatLists values
    else
      lib.types.str.merge (nameOf path) plain;
in
{
  modules,
  specialArgs ? { },
}:
let
  args = specialArgs // {
    inherit config lib options;
  };
  collected = concatMap (collect args "a module without a file") modules;
  options = mergeOptions (map (module: module.options) collected);
  config = evalTree [ ] options (map (module: module.definition) collected);
in
{
  inherit config options;
}
