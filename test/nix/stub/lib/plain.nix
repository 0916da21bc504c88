let
  inherit (builtins)
    attrNames
    concatStringsSep
    elemAt
    filter
    isString
    length
    listToAttrs
    map
    split
    stringLength
    substring
    ;
in
{
  inherit (builtins)
    all
    any
    attrNames
    attrValues
    concatLists
    concatMap
    concatStringsSep
    elem
    filter
    mapAttrs
    replaceStrings
    ;

  concatStrings = concatStringsSep "";
  filterAttrs =
    test: attrs:
    listToAttrs (
      map (name: {
        inherit name;
        value = attrs.${name};
      }) (filter (name: test name attrs.${name}) (attrNames attrs))
    );
  genAttrs =
    names: make:
    listToAttrs (
      map (name: {
        inherit name;
        value = make name;
      }) names
    );
  hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  last = list: elemAt list (length list - 1);
  licenses.mit.spdxId = "MIT";
  makeBinPath = packages: concatStringsSep ":" (map (package: "${package}/bin") packages);
  mapAttrsToList = make: attrs: map (name: make name attrs.${name}) (attrNames attrs);
  optional = condition: item: if condition then [ item ] else [ ];
  platforms.linux = [
    "x86_64-linux"
    "aarch64-linux"
  ];
  splitString = separator: text: filter isString (split separator text);
  unique = builtins.foldl' (seen: item: if builtins.elem item seen then seen else seen ++ [ item ]) [ ];
}
