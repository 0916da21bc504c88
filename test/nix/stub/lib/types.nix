# Types: what a value must be, what it is called, and how two definitions become one.
{ lib }:
let
  inherit (builtins)
    all
    head
    isAttrs
    isBool
    isList
    isString
    match
    ;
  inherit (lib) concatMap concatStringsSep unique;

  valuesOf = map ({ value, ... }: value);
  mergeEqual =
    name: definitions:
    let
      values = unique (valuesOf definitions);
    in
    if builtins.length values == 1 then
      head values
    else
      throw "The option `${name}' has conflicting definition values: ${
        concatStringsSep ", " (map ({ file, value }: "${builtins.toJSON value} in ${file}") definitions)
      }";
  simple = description: check: {
    inherit description check;
    merge = mergeEqual;
  };
in
{
  bool = simple "boolean" isBool;
  str = simple "string" isString;
  package = simple "package" (value: value.type or null == "derivation");
  strMatching = pattern: simple "string matching the pattern ${pattern}" (
    value: isString value && match pattern value != null
  );
  nullOr = inner: {
    description = "null or ${inner.description}";
    check = value: value == null || inner.check value;
    merge =
      name: definitions:
      if all ({ value, ... }: value == null) definitions then null else inner.merge name definitions;
  };
  listOf = inner: {
    description = "list of ${inner.description}";
    check = value: isList value && all inner.check value;
    merge = _: definitions: concatMap ({ value, ... }: value) definitions;
  };
  attrs = {
    description = "attribute set";
    check = isAttrs;
    merge = _: definitions: builtins.foldl' (all: { value, ... }: all // value) { } definitions;
  };
}
