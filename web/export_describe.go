package web

import (
	"mime"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"rapport/search"
)

// describeExports adds the exports, which are no JSON of the interface, to the
// description.
func (s *server) describeExports(api huma.API) {
	for _, f := range formats() {
		for _, kind := range f.kinds {
			name := map[search.Kind]string{search.Documents: "Search", search.Facts: "Facts"}[kind]
			path := map[search.Kind]string{search.Documents: "/search.", search.Facts: "/facts."}[kind] + f.extension
			description := "All rows of the answer, in its order. A file that was cut off lacks its last line or sheet, which states the number of rows."
			if f.mostRows > 0 {
				description += " At most " + strconv.Itoa(f.mostRows) + " rows: more are refused."
			}
			addDownload(api, "export"+name+operationName("/"+f.extension), path, "Export "+string(kind)+" as "+f.extension, description, f.media, exportParams(kind))
		}
	}
	addDownload(api, "exportMatrixCsv", "/matrix.csv", "Export two facets crossed as csv", "All rows and columns, with totals; with links=true a line for each cell that holds records, with where they are listed.", "text/csv", matrixParams())
	addDownload(api, "exportSearchAtom", "/search.atom", "Follow a question as a feed", "The newest documents that answer it.", "application/atom+xml", feedParams())
	addDownload(api, "exportReportAtom", "/report.atom", "Follow the runs of the indexer as a feed", "What each run added, changed and removed, and the counts that moved.", "application/atom+xml", nil)
}

func addDownload(api huma.API, id, path, summary, description, media string, params []*huma.Param) {
	if plain, _, err := mime.ParseMediaType(media); err == nil {
		media = plain
	}
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Description: description, Parameters: params,
		Responses: map[string]*huma.Response{
			"200": {Description: "The file", Content: map[string]*huma.MediaType{media: {}}},
			"400": problemResponse(api, "The parameters cannot be understood, or the file would be too long for its format"),
			"503": problemResponse(api, "Busy, timed out, damaged or of another version; Retry-After says when to come back"),
		},
	})
}
