package schema

import "reflect"

var refType = reflect.TypeFor[Ref]()

// prune leaves out the nodes that miss a property tagged `need`, then every
// reference to a node that is not in the graph, until nothing changes: a node
// may need a reference. Nodes are pointers to structs with an ID.
func prune(nodes []any) []any {
	for {
		kept, ids := nodes[:0:0], map[string]bool{}
		for _, n := range nodes {
			if complete(n) {
				kept = append(kept, n)
				ids[reflect.ValueOf(n).Elem().FieldByName("ID").String()] = true
			}
		}
		lost := false
		for _, n := range kept {
			if cut(reflect.ValueOf(n).Elem(), ids) {
				lost = true
			}
		}
		if nodes = kept; !lost {
			return nodes
		}
	}
}

func complete(node any) bool {
	v := reflect.ValueOf(node).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("need") == "true" && (v.Field(i).IsZero() || v.Field(i).Kind() == reflect.Slice && v.Field(i).Len() == 0) {
			return false
		}
	}
	return true
}

// cut drops the references of a node that lead nowhere.
func cut(v reflect.Value, ids map[string]bool) (lost bool) {
	for i := range v.NumField() {
		f := v.Field(i)
		switch {
		case f.Type() == reflect.PointerTo(refType):
			if !f.IsNil() && !ids[f.Interface().(*Ref).ID] {
				f.SetZero()
				lost = true
			}
		case f.Type() == reflect.SliceOf(refType):
			refs := f.Interface().([]Ref)
			kept := refs[:0:0]
			for _, r := range refs {
				if ids[r.ID] {
					kept = append(kept, r)
				}
			}
			if len(kept) < len(refs) {
				f.Set(reflect.ValueOf(kept))
				lost = true
			}
		}
	}
	return lost
}
